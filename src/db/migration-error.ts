/** The database was migrated by a newer version of this service; the message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}
