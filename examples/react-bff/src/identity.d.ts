import type { sessionView } from '../server/session-view.ts'

declare module 'identity-web/browser' {
  interface Register {
    sessionView: typeof sessionView
  }
}
