import { describe, expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/site.ts'

describe('a redirect URI at which no server responds', () => {
  test.for([
    ['another port', 'http://localhost:1', 'development', 'localhost:'],
    ['another port, in production', 'http://localhost:1', 'production', undefined],
    ['https before an http server', 'https', 'development', 'http://localhost:'],
    ['a host behind a tunnel', 'https://app.contoso.com', 'development', undefined],
    ['this server', 'http', 'development', undefined],
  ] as const)('is %s', async ([, place, environment, expected], { openSite }) => {
    const site = await openSite((origin) => ({
      environment,
      redirectUri: `${place.includes(':') ? place : origin.replace('http', place)}/redirect`,
    }))
    // Later requests say nothing.
    for (const path of ['/login', '/', '/login']) {
      const { location } = await new Browser().navigate(site.origin + path)
      expect(location).toContain('redirect_uri=')
    }

    const lines = site.logs.filter((line) => line.includes('A sign-in started at'))
    expect(lines).toHaveLength(expected === undefined ? 0 : 1)
    const { port } = new URL(site.origin)
    if (expected !== undefined) expect(lines[0]).toContain(`started at http://localhost:${port}`)
    if (expected !== undefined) expect(lines[0]).toMatch(/but redirectUri is http\S+\/redirect\./)
  })
})
