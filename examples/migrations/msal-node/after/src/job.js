import { ApiAuth } from 'identity-web/fetch'
import { todosApi, todosApiId } from './settings.js'

const job = new ApiAuth()

const { accessToken } = await job.getTokenForClient([`${todosApiId}/.default`])
const response = await fetch(`${todosApi}/todos/all`, {
  headers: { Authorization: `Bearer ${accessToken}` },
})
if (!response.ok) throw new Error(`The API returned ${response.status}`)
console.log(`${(await response.json()).length} todos`)
