import { hydrateRoot } from 'react-dom/client'
import { application, type View } from './application.tsx'
import type { BrowserSession } from 'identity-web/react'

const { initial } = window as unknown as { readonly initial: BrowserSession<View> }
hydrateRoot(document.querySelector('#root')!, application(initial), {
  onRecoverableError: (error) => console.error(String(error)),
})
