import { Hono } from 'hono'

const app = new Hono()
app.get('/', (c) => c.text('Hello'))

// oxlint-disable-next-line import/no-default-export -- Workers require it.
export default app
