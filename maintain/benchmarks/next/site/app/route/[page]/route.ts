import { NAME } from '../../../name.ts'
import { pageOf } from '../../../pages.ts'

export const dynamic = 'force-dynamic'

export const GET = ({ url }: Request): Response => pageOf(url, NAME)
