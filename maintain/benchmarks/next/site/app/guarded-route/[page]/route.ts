import { auth } from '../../../auth.ts'
import { pageOf } from '../../../pages.ts'

export const GET = auth.loginRequired(({ url }, { user }) => pageOf(url, user.name ?? ''))
