import { useKept } from '../../kept-credential.ts'

export const dynamic = 'force-dynamic'
export const GET = async (): Promise<Response> => Response.json(await useKept())
