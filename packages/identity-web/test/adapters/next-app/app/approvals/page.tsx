import { auth } from '../../auth.ts'
import { approve } from './actions.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(() => (
  <form action={approve}>
    <button>Approve</button>
  </form>
))
