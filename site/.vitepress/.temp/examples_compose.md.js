import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Compose example","description":"","frontmatter":{},"headers":[],"relativePath":"examples/compose.md","filePath":"examples/compose.md"}',
)
const _sfc_main = { name: 'examples/compose.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="compose-example" tabindex="-1">Compose example <a class="header-anchor" href="#compose-example" aria-label="Permalink to &quot;Compose example&quot;">​</a></h1><p>A web app and the development provider in containers. In this folder, run this command. Then open <a href="http://localhost:3000" target="_blank" rel="noreferrer">http://localhost:3000</a>.</p><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">docker</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> compose</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> up</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --build</span></span></code></pre></div><p>The images install <code><span class="word">identity-web</span></code> and <code><span class="word">identity-web-dev</span></code> from npm. You can edit <a href="/source/examples/compose/config/identity-dev.json.txt">config/identity-dev.json</a> while the containers run.</p><p>The app and your browser must both reach the provider at one URL, because tokens contain it as the issuer. This example uses <code>http://idp.localhost:5100</code>:</p><ul><li>Browsers resolve every name that ends in <code>.localhost</code> to your machine, where Docker publishes the port 5100.</li><li>In the network of the containers, <code>idp.localhost</code> is an alias of the service <code>idp</code>.</li><li><code><span class="word">identity-web</span></code> allows http for these names. For other names, it requires https.</li></ul><p>No container runtime was available to test the images. <code>npm run containers</code> in the root folder of the repository follows the same steps in network namespaces of Linux. It installs the packages and starts both programs with the arguments and variables of <a href="/source/examples/compose/compose.yaml.txt">compose.yaml</a>. Then it signs in with Chromium.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'examples/compose.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const compose = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, compose as default }
