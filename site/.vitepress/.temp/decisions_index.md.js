import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Decisions","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/index.md","filePath":"decisions/index.md"}',
)
const _sfc_main = { name: 'decisions/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="decisions" tabindex="-1">Decisions <a class="header-anchor" href="#decisions" aria-label="Permalink to &quot;Decisions&quot;">​</a></h1><p>Each record explains one decision: the situation, the choice, and its consequences. Read a record before you change the code that it describes. If you change the decision, write a new record and link it from the old one.</p><table tabindex="0"><thead><tr><th>record</th><th>files in <code><span class="word">packages/identity-web/src</span></code></th></tr></thead><tbody><tr><td><a href="/decisions/openid-client">1. openid-client instead of MSAL Node</a></td><td><code>client/</code>, <code>authority/</code></td></tr><tr><td><a href="/decisions/two-cookies">2. Two encrypted cookies</a></td><td><code><span class="word">session/cookie-strategy.ts</span></code></td></tr><tr><td><a href="/decisions/encryption-format">3. A cookie encryption format</a></td><td><code>encryption/</code></td></tr><tr><td><a href="/decisions/session-store">4. Sessions in a store</a></td><td><code>session/store/</code>, <code>stores/</code></td></tr><tr><td><a href="/decisions/pkcs12">5. PKCS#12 files</a></td><td><code>client/credential/</code></td></tr><tr><td><a href="/decisions/generic-adapters">6. Generic adapter classes</a></td><td><code>adapters/</code></td></tr><tr><td><a href="/decisions/node-versions">7. Node.js versions</a></td><td><code>engines</code> in package.json, <code>.github/</code></td></tr></tbody></table><p>Use this outline for a new record:</p><div class="language-md vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">md</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#023B95;--shiki-light-font-weight:bold;--shiki-dark:#91CBFF;--shiki-dark-font-weight:bold;"># 8. The decision in a few words</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#023B95;--shiki-light-font-weight:bold;--shiki-dark:#91CBFF;--shiki-dark-font-weight:bold;">## Context</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#023B95;--shiki-light-font-weight:bold;--shiki-dark:#91CBFF;--shiki-dark-font-weight:bold;">## Decision</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#023B95;--shiki-light-font-weight:bold;--shiki-dark:#91CBFF;--shiki-dark-font-weight:bold;">## Consequences</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
