import { sendPage } from '../../server/serve.mjs'

/**
 * A minimal guard around a function that verifies tokens, as an application would write it.
 *
 * @param verify - Returns the claims or throws.
 */
export function guardWith(verify, scope) {
  return async (req, res) => {
    const { authorization = '' } = req.headers
    if (!authorization.startsWith('Bearer ')) return res.sendStatus(401)
    let claims
    try {
      claims = await verify(authorization.slice(7))
    } catch {
      return res.sendStatus(401)
    }
    if (!claims.scp?.split(' ').includes(scope)) return res.sendStatus(403)
    return sendPage(res, claims.name)
  }
}
