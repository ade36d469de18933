import type { IdentityLocals } from 'identity-web/sveltekit'

declare global {
  namespace App {
    interface Locals extends IdentityLocals {}
  }
}
