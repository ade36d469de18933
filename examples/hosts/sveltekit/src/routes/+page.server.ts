import type { PageServerLoad } from './$types'

// Every visitor may see this page.
export const load: PageServerLoad = ({ locals }) => ({ name: locals.identity?.user.name })
