import { join } from 'node:path'
import express from 'express'
import { addApi } from './api'

const app = express()
addApi(app)
app.use('/api', (_req, res) => void res.status(404).send('This path does not exist.'))

// In development, `ng serve` sends the pages instead.
const files = join(import.meta.dirname, '../dist/browser')
app.use(express.static(files, { maxAge: '1y', index: false, redirect: false }))
// A path with a dot is a missing file, and all other paths are pages of Angular.
app.get(/^[^.]*$/, (_req, res) => res.sendFile('index.html', { root: files }))

// dev.mjs sets API_PORT.
const { API_PORT, PORT = '3000' } = process.env
app.listen(Number(API_PORT ?? PORT), () => {
  if (API_PORT === undefined) console.log(`Open http://localhost:${PORT}`)
})
