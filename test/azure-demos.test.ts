import { describe, expect, test } from 'vitest'
import { visitDemo } from './demo-visitor.ts'

const STORAGE = 'https://storage.azure.com/.default'

describe('the demo of the SDKs of Azure and Microsoft Graph', () => {
  test('each user consents to Storage when its SDK needs it, and sees their own files and mail', async () => {
    const alex = await visitDemo('azure', 'alex@contoso.onmicrosoft.com', 5960)

    const robin = alex.another('robin@contoso.onmicrosoft.com')

    for (const visitor of [alex, robin]) {
      const { location = '' } = await visitor.open('/')
      expect(new URL(location).searchParams.get('scope')?.split(' ')).toContain(STORAGE)
      await visitor.open('/')
    }
    const pages = await Promise.all([alex.open('/'), robin.open('/')])

    const [mine, others] = pages.map(({ text }) => text)
    expect(mine).toContain('<li>alex/holiday.jpg</li>')
    expect(mine).toContain('<li>Message 12 (')
    expect(mine).toContain('Last change of the container: 2026-11-30.')
    expect(mine).not.toContain('robin/')
    expect(others).toContain('<li>robin/holiday.jpg</li>')
    expect(others).not.toContain('alex/')
  })
})
