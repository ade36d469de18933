import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

const { BASE_PATH = '/', ORIGIN } = process.env

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      paths: {
        // The folder of the site, if it is not at the root.
        base: BASE_PATH === '/' ? '' : (BASE_PATH as `/${string}`),
        // SvelteKit compares the origin of forms with it. Without it, a server expects https.
        origin: ORIGIN ?? 'http://localhost:3000',
      },
    }),
  ],
})
