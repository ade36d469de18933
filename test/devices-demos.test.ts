import { describe, expect, test } from 'vitest'
import { visitDemo, type DemoVisitor } from './demo-visitor.ts'

const ALEX = 'alex@contoso.onmicrosoft.com'

describe('the demo of the sessions of a user', () => {
  test('a person sees both browsers, with an escaped name, and ends the session of the other one', async () => {
    const laptop = await visitDemo('devices', ALEX, 5980)
    const phone = laptop.another(ALEX)
    const robin = laptop.another('robin@contoso.onmicrosoft.com')
    phone.browser.userAgent = 'Phone <script>alert(1)</script>'
    for (const visitor of [laptop, phone, robin]) await visitor.open('/')

    const home = await laptop.open('/')
    const { text } = await laptop.open('/devices')
    const [handle = '', ...others] = handlesIn(text)

    expect(home.text).toContain('<a href="/devices">Your devices</a>')
    expect(text).toContain('Phone &lt;script&gt;')
    expect(text).not.toContain('<script>')
    expect(text.match(/This browser/g)).toHaveLength(1)
    expect(others).toEqual([])
    // Robin cannot end the session of Alex.
    expect((await end(robin, `handle=${handle}`)).status).toBe(303)
    expect(await isSignedIn(phone)).toBe(true)
    expect((await end(laptop, '')).status).toBe(500)
    expect(await isSignedIn(phone)).toBe(true)

    expect((await end(laptop, `handle=${handle}`)).location).toBe('/devices')

    expect(await isSignedIn(phone)).toBe(false)
    expect(handlesIn((await laptop.open('/devices')).text)).toEqual([])
    expect(await isSignedIn(robin)).toBe(true)
  })
})

function handlesIn(html: string): string[] {
  return [...html.matchAll(/name="handle" value="([^"]+)"/g)].map(([, handle = '']) => handle)
}

function end({ browser, url }: DemoVisitor, body: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: url }
  return browser.navigate(`${url}/devices/end`, { method: 'POST', headers, body })
}

async function isSignedIn({ browser, url }: DemoVisitor): Promise<boolean> {
  return (await browser.navigate(`${url}/`)).status === 200
}
