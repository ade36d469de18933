import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Variable: knownMcpClients","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/variables/knownMcpClients.md","filePath":"reference/index/variables/knownMcpClients.md"}',
)
const _sfc_main = { name: 'reference/index/variables/knownMcpClients.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / knownMcpClients</p><h1 id="variable-knownmcpclients" tabindex="-1">Variable: knownMcpClients <a class="header-anchor" href="#variable-knownmcpclients" aria-label="Permalink to &quot;Variable: knownMcpClients&quot;">​</a></h1><blockquote><p><code>const</code> <strong>knownMcpClients</strong>: readonly <a href="./../interfaces/KnownMcpClient"><code>KnownMcpClient</code></a>[]</p></blockquote><p>The known clients of the Model Context Protocol (MCP), with the values that an app registration at Entra ID needs.</p><p>Clients change. Each entry names its source and the date of the source.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">for</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">name</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">redirectUris</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">of</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> knownMcpClients) console.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">log</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(name, redirectUris)</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/variables/knownMcpClients.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const knownMcpClients = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, knownMcpClients as default }
