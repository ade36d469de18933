/** A request that Microsoft Graph rejected. The message says what to change. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly status: number
  readonly code: string

  /** @param advice - The change that helps. The default depends on the code. */
  constructor(status: number, code: string, message: string, advice?: string) {
    super(`${message} ${advice ?? adviceFor(status, code, message)}`.trim())
    this.status = status
    this.code = code
  }
}

const BY_CODE: Readonly<Record<string, string>> = {
  HostNameNotOnVerifiedDomain:
    'Use a domain that your tenant has verified, or register the app for one tenant (--accounts tenant) with access tokens of version 2.',
  CannotDeleteOrUpdateEnabledEntitlement:
    'Disable the scope or the role under "Expose an API" or "App roles" first.',
  Request_MultipleObjectsWithSameKeyValue: 'The object exists already. Run the command again.',
}

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'The access token is not valid, or it has expired. Run "az login", or write a new token to the file of --token-file.',
  403: 'The token needs the permission Application.ReadWrite.All, and your user must be allowed to register apps. Ask an administrator for the role "Application Developer", or for ownership of the app registration.',
  404: 'Check the client ID. Check that the token belongs to the tenant of the app registration.',
  429: 'Microsoft Graph received too many requests. Wait some minutes, and run the command again.',
}

function adviceFor(status: number, code: string, message: string): string {
  if (message.includes('same value for property identifierUris')) {
    return 'Another app registration has this Application ID URI. Remove the URI from that app registration, or choose another URI with --id-uri.'
  }
  const advice = BY_CODE[code] ?? BY_STATUS[status]
  if (advice !== undefined) return advice
  return status >= 500 ? 'Microsoft Graph has a problem. Run the command again later.' : ''
}
