import { auth } from '../../auth.ts'

// Next.js stores the response of every fetch, unless the library prevents it.
export const fetchCache = 'force-cache'

export const GET = auth.loginRequired(
  { scopes: 'api://todos.contoso.example/Todos.Read' },
  async (request, { fetch }) => {
    const response = await fetch(String(request.nextUrl.searchParams.get('api')))
    return Response.json(await response.json())
  },
)
