// A stand-in of Blob Storage for `npm run demo -- azure`. The SDK sends tokens only to https, so the stand-in has a certificate.
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createServerCertificate } from '../../../../packages/dev-provider/src/server/server-certificate.ts'
import { blobStorage, STORAGE, type Containers } from './blob-storage.ts'
import { createTokenCheck, type Caller } from './check-token.ts'

const { AUTHORITY: authority = '', CA_FILE: caFile = '', PORT: port } = process.env
const callerOf = createTokenCheck({ authority, audience: STORAGE })
const { challenge, respond } = blobStorage(containersOf)

/** Every user has other files. The application only sees that the container exists. */
function containersOf({ name }: Caller): Containers {
  if (!name.includes('@')) return { files: {} }
  const folder = name.split('@')[0]
  return { files: { [`${folder}/holiday.jpg`]: '', [`${folder}/invoice-1024.pdf`]: '' } }
}

const { ca, cert, key } = createServerCertificate()

createServer({ cert, key }, (request, response) => {
  const answer = async (): Promise<void> => {
    const caller = await callerOf(request.headers.authorization)
    if (caller === undefined) {
      response.setHeader('www-authenticate', `Bearer ${challenge(authority, STORAGE)}`)
      response.writeHead(401).end()
      return
    }
    const { method = '', url: path = '' } = request
    const url = new URL(path, `https://${request.headers.host}`)
    const { status, headers, body = '' } = respond({ caller, method, url, body: '' })
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
  }
  answer().catch((error: unknown) => {
    console.error(error)
    response.destroy()
  })
}).listen(Number(port), 'localhost', () => {
  // The demo waits for this file. The example trusts it.
  writeFileSync(caFile, ca)
})
