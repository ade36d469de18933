// Builds the same page with React 19, React 18, Vue and Svelte. An application has one of them. Vue and Svelte also run on the
// server.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const react18 = { react: 'react18', 'react-dom': 'react18-dom' }
const apps = [
  { name: 'react19', root: 'react', plugins: [react()] },
  { name: 'react18', root: 'react', plugins: [react()], resolve: { alias: react18 } },
  { name: 'vue', root: 'vue', plugins: [vue()], server: 'server.js' },
  { name: 'svelte', root: 'svelte', plugins: [svelte({ configFile: false })], server: 'server.js' },
]

for (const { name, server, ...config } of apps) {
  const shared = { configFile: false, logLevel: 'warn', base: `/${name}/`, ...config }
  await build({ ...shared, build: { outDir: `../dist/${name}`, emptyOutDir: true } })
  if (server === undefined) continue
  await build({
    ...shared,
    build: { ssr: server, outDir: `../dist/${name}-server`, emptyOutDir: true },
  })
}
