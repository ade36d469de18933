import { auth } from '../../auth.ts'

export const GET = auth.loginRequired(() => {
  throw new Error('from the handler')
})
