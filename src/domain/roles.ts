// The roles. A test holds this list, the contract's `Role` and `Authority`, and the rows of the table `roles` equal.

export const roles = ['user', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];
export type Authority = `ROLE_${Uppercase<Role>}`;

/** The role as answers tell it: `ROLE_ADMIN` for `admin`. */
export function authority(role: Role): Authority {
  return `ROLE_${role.toUpperCase() as Uppercase<Role>}`;
}

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

/** Puts role names from the database into the order of the list above; a name that is no role is dropped, and so grants nothing. */
export function inOrder(names: readonly string[]): Role[] {
  return roles.filter((role) => names.includes(role));
}
