/** A statement that sets a role's password verifier; both parameters are quoted by Postgres. */
export const ROLE_PASSWORD_STATEMENT = `select format('alter role %I password %L', $1::text, $2::text) as statement`;
