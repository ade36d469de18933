type IdentityLocals = import('identity-web/astro').IdentityLocals

declare namespace App {
  interface Locals extends IdentityLocals {}
}
