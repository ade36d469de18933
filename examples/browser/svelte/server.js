import { render as renderSvelte } from 'svelte/server'
import App from './App.svelte'

export async function render(initial) {
  const { body } = await renderSvelte(App, { props: { initial } })
  return body
}
