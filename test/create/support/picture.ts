import type { Page } from 'playwright-core'
import { expectPicture, type Replacement } from '../../screenshots/picture.ts'

/** The parts of the pages of a project that are different in each run. */
export function changingTexts(origin: string, provider: string | RegExp): Replacement[] {
  return [
    [new RegExp(new URL(origin).port, 'g'), '3000'],
    [new RegExp(provider, 'g'), 'localhost:5100'],
    // The claim `uti`, which is different in each token.
    [/(?<![\w-])[\w-]{22}(?![\w-])/g, 'OqQ1Iw8xc9iDHMq64vClDg'],
    // The session at the provider.
    [/(?<="sid": ")[\w-]{36}/g, '38e7842c-cc60-4033-9a79-427850afc547'],
  ]
}

/** Opens the claims on the account page of a project, which looks the same with each framework. */
export async function expectPictureOfProject(page: Page, provider: string | RegExp): Promise<void> {
  // After a navigation of a script or a change of the size, Chromium rounds the position of the claims up or down.
  await page.reload()
  await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
  await page.getByText('The claims of your ID token').click()
  // React divides a text by comments.
  await page.evaluate(() => {
    const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT)
    const found: Node[] = []
    while (comments.nextNode()) found.push(comments.currentNode)
    for (const comment of found) comment.parentNode?.removeChild(comment)
    document.body.normalize()
  })
  const replace = changingTexts(page.url(), provider)
  await expectPicture(page, 'docs/images/create.png', { replace })
}
