import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

const { ORIGIN, PORT = '3000' } = process.env

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // SvelteKit compares the origin of forms with it. In production, set ORIGIN for the build.
      paths: { origin: ORIGIN ?? `http://localhost:${PORT}` },
    }),
  ],
  server: { port: Number(PORT), strictPort: true },
})
