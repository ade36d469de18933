import { readFileSync } from 'node:fs'
import type { Description, Members } from './compare.js'

/** The responses of a service. `shapes` are the headers and members that several of them share. */
interface Service {
  readonly service: string
  readonly shapes?: Readonly<Record<string, Pick<Description, 'headers' | 'members'>>>
  readonly answers: readonly (Description & { readonly like?: readonly string[] })[]
}

/** The responses to requests that everybody may send. */
export const OPEN_RESPONSES: URL = new URL('../../reality/entra-v2-open.json', import.meta.url)

/** Returns the descriptions of a file, with the members that they share. The ID starts with the service. */
export function readDescriptions(file: URL): Description[] {
  const { service, shapes, answers } = JSON.parse(readFileSync(file, 'utf8')) as Service
  return answers.map(({ like = [], ...answer }) => {
    const parts = [...like.map((shape) => shapes?.[shape] ?? {}), answer]
    const headers = merge(parts.map((part) => part.headers))
    const members = merge(parts.map((part) => part.members))
    const id = `${service}/${answer.id}`
    return { ...answer, id, ...(headers && { headers }), ...(members && { members }) }
  })
}

function merge(parts: readonly (Members | undefined)[]): Members | undefined {
  const given = parts.filter((part) => part !== undefined)
  return given.length === 0 ? undefined : (Object.assign({}, ...given) as Members)
}
