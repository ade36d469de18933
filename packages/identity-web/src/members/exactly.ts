import type { AuthorizationRequirement } from '../api/index.ts'

/**
 * A requirement without unknown properties, which a type parameter would accept, and without empty values, which the guard
 * rejects.
 */
export type Exactly<Requirement, Base = AuthorizationRequirement> = Requirement & {
  readonly [Name in keyof Requirement]: Name extends keyof Base
    ? NotEmpty<Requirement[Name]>
    : never
}

type NotEmpty<Value> = Value extends
  | ''
  | readonly []
  | { readonly anyOf: '' | readonly [] }
  | { readonly allOf: readonly [] }
  ? never
  : Value
