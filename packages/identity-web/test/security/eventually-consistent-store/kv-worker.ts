import { Auth } from 'identity-web/fetch'

interface Environment {
  readonly KV: object
  readonly SESSIONS: object
}

export { IdentitySessions } from 'identity-web/durable-object'

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default {
  /** `/KV/store` passes the binding `KV` as the option `session.store`. */
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const [, binding = '', option = ''] = new URL(request.url).pathname.split('/')
    const auth = new Auth(
      {
        authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
        clientId: '00000000-0000-4000-8000-000000000000',
        clientCredential: 'secret',
        redirectUri: 'https://example.com/redirect',
        environment: 'production',
        logger: false,
        session: {
          secret: 'a secret of the tests, which has 32 characters',
          [option]: environment[binding as 'KV'],
        },
      },
      {},
    )
    const home = auth.loginRequired(() => new Response('signed in'))
    const { status } = await auth.respond(request, () => home(request))
    return Response.json({ status, problems: auth.problems })
  },
}
