import { IdentityError } from '../../errors.ts'

/** What stands for the half of the module that was given no options: nothing but the error that says so. */
export function notConfigured(option: 'auth' | 'api'): () => never {
  return () => {
    throw new IdentityError(
      'configuration',
      `IdentityModule was given no ${option}. Set IdentityModule.forRoot({ ${option}: {} }), whose options are read from the environment where they are not given.`,
    )
  }
}
