import { cancel, select, text } from '@clack/prompts'
import { FRAMEWORKS, type FrameworkName } from './frameworks.js'
import { problemOfFolder } from './folder.js'
import { STORES, type StoreName } from './stores.js'
import { TENANTS, type TenantName } from './tenants.js'

/** The user pressed Ctrl+C in a question. */
export class Cancelled extends Error {}

/** Asks for the folder. */
export async function askFolder(): Promise<string> {
  const answer = await text({
    message: 'In which folder?',
    placeholder: 'my-app',
    defaultValue: 'my-app',
    validate: (value) => (value ? problemOfFolder(value) : undefined),
  })
  return answered(answer)
}

/** Asks for the framework. */
export async function askFramework(): Promise<FrameworkName> {
  const names = Object.keys(FRAMEWORKS) as FrameworkName[]
  const options = names.map((value) => ({ value, label: FRAMEWORKS[value].title }))
  return answered(
    await select<FrameworkName>({ message: 'Which framework?', options, maxItems: 12 }),
  )
}

/** Asks for the kind of tenant. */
export async function askTenant(): Promise<TenantName> {
  const names = Object.keys(TENANTS) as TenantName[]
  const options = names.map((value) => {
    const { title, hint } = TENANTS[value]
    return { value, label: title, hint }
  })
  return answered(
    await select<TenantName>({ message: 'Where do your users have their accounts?', options }),
  )
}

/** Asks where the sessions are. */
export async function askStore(): Promise<StoreName> {
  const names = Object.keys(STORES) as StoreName[]
  const options = names.map((value) => {
    const store = STORES[value]
    return store === undefined
      ? { value, label: 'In cookies', hint: 'you do not have to run a server for them' }
      : { value, label: `In ${store.title}`, hint: `set ${store.variable}` }
  })
  return answered(
    await select<StoreName>({ message: 'Where do you want to keep the sessions?', options }),
  )
}

function answered<Value>(answer: Value): Exclude<Value, symbol> {
  // clack returns a symbol after Ctrl+C.
  if (typeof answer !== 'symbol') return answer as Exclude<Value, symbol>
  cancel('Cancelled. The command did not write files.')
  throw new Cancelled()
}
