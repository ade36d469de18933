import { pageOf } from '../../../pages.ts'

export const dynamic = 'force-dynamic'

/** The probe of the other frameworks. The server sets it, because the build copies only this site. */
interface Probe {
  userOf(cookieHeader: string | null): { readonly name: string } | undefined
}

export function GET({ url, headers }: Request): Response {
  const { benchmarkProbe } = globalThis as { benchmarkProbe?: Probe }
  const user = benchmarkProbe?.userOf(headers.get('cookie'))
  if (user === undefined) return new Response(null, { status: 401 })
  const response = pageOf(url, user.name)
  response.headers.set('Cache-Control', 'private, no-store')
  return response
}
