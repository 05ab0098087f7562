// The roles. A test checks that this list, the contract's `Role` and `Authority`, and the rows of
// the table `roles` are equal.

export const roles = ['user', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];
export type Authority = `ROLE_${Uppercase<Role>}`;

/** The name of the role in responses: `ROLE_ADMIN` for `admin`. */
export function authority(role: Role): Authority {
  return `ROLE_${role.toUpperCase() as Uppercase<Role>}`;
}

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

/**
 * Sorts role names from the database in the order of the list above. Drops an unknown name, so that
 * it grants nothing.
 */
export function inOrder(names: readonly string[]): Role[] {
  return roles.filter((role) => names.includes(role));
}
