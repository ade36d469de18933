import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Testing example","description":"","frontmatter":{},"headers":[],"relativePath":"examples/testing.md","filePath":"examples/testing.md"}',
)
const _sfc_main = { name: 'examples/testing.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="testing-example" tabindex="-1">Testing example <a class="header-anchor" href="#testing-example" aria-label="Permalink to &quot;Testing example&quot;">​</a></h1><p>The same tests in four test runners. The application is in <a href="/source/examples/testing/src/app.ts.txt">src/app.ts</a>. The <a href="/testing">Test your application</a> guide explains the testing kit.</p><table tabindex="0"><thead><tr><th>folder</th><th>test runner</th><th>command</th></tr></thead><tbody><tr><td><a href="/source/examples/testing/vitest">vitest</a></td><td>Vitest</td><td><code>npm run test:vitest</code></td></tr><tr><td><a href="/source/examples/testing/jest">jest</a></td><td>Jest</td><td><code>npm run test:jest</code></td></tr><tr><td><a href="/source/examples/testing/node-test">node-test</a></td><td>node:test</td><td><code>npm run test:node</code></td></tr><tr><td><a href="/source/examples/testing/playwright">playwright</a></td><td>Playwright</td><td><code>npm run test:playwright</code></td></tr></tbody></table><p>In the root folder of the repository, run <code>npm ci</code> and <code>npm run build</code> first. For Playwright, run <code>npx playwright install chromium</code>, or set <code>CHROMIUM_PATH</code> to your Chromium.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'examples/testing.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const testing = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, testing as default }
