import { auth } from '../../auth.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(() => <pre>&quot;secret&quot;</pre>)
