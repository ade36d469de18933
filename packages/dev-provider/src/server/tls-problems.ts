/** The codes of Node.js for a client that rejects the certificate of the server. */
const REJECTED = /ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)/

/** Returns what to change after a failed TLS connection, or `undefined` when the cause is unknown. */
function explainTlsError(code: string, origin: string): string | undefined {
  if (code === 'ERR_SSL_HTTP_REQUEST') {
    return `A client used http, but the provider uses https. Set the authority of your app to a URL that starts with ${origin}.`
  }
  if (REJECTED.test(code)) {
    return 'A client does not trust the certificate of the provider. Before the client starts, set NODE_EXTRA_CA_CERTS to the file ca.pem. For a client that is not written in JavaScript, set the variable of its language instead.'
  }
  // Node.js closes the connection when it does not trust a certificate, and does not say why.
  if (code === 'ECONNRESET') {
    return 'A client closed the connection before its first request. If the client does not trust the certificate, set NODE_EXTRA_CA_CERTS to the file ca.pem before the client starts.'
  }
  return undefined
}

/**
 * Creates a listener for failed TLS connections. It writes each remedy once, because a client tries again and browsers
 * open connections that they do not use.
 */
export function createTlsReporter(
  origin: string,
  write: (line: string) => void,
): (error: Error) => void {
  const written = new Set<string>()
  return (error) => {
    const remedy = explainTlsError(String((error as { code?: unknown }).code), origin)
    if (remedy === undefined || written.has(remedy)) return
    written.add(remedy)
    write(`a TLS connection failed -> ${remedy}`)
  }
}
