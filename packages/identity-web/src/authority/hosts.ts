// Microsoft's clouds, each with the host that its metadata, its issuers and its endpoints use. The aliases
// serve the same tokens, but a client that asks at an alias gets the canonical host's issuer.
const CLOUDS: readonly { readonly host: string; readonly aliases: readonly string[] }[] = [
  {
    host: 'login.microsoftonline.com',
    aliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  },
  { host: 'login.microsoftonline.us', aliases: ['login.usgovcloudapi.net'] },
  { host: 'login.partner.microsoftonline.cn', aliases: ['login.chinacloudapi.cn'] },
  { host: 'login.sovcloud-identity.fr', aliases: [] },
  { host: 'login.sovcloud-identity.de', aliases: [] },
  { host: 'login.sovcloud-identity.sg', aliases: [] },
]

/** The host that stands for a host of Microsoft's clouds; other hosts stand for themselves. */
export function canonicalHost(host: string): string {
  return CLOUDS.find((cloud) => cloud.aliases.includes(host))?.host ?? host
}

/** Whether a host is the one that stands for a cloud of Microsoft's. */
export function isMicrosoftHost(host: string): boolean {
  return CLOUDS.some((cloud) => cloud.host === host)
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|[\w-]+\.localhost)$/

/** Whether a URL is safe to talk to: https, or a server on this very machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
}
