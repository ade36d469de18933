import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: CallerToken","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/CallerToken.md","filePath":"reference/adapters/express/interfaces/CallerToken.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/CallerToken.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / CallerToken</p><h1 id="interface-callertoken" tabindex="-1">Interface: CallerToken <a class="header-anchor" href="#interface-callertoken" aria-label="Permalink to &quot;Interface: CallerToken&quot;">​</a></h1><p>The token of a caller who cannot send the <code>Authorization</code> header.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./AuthenticateCaller"><code>AuthenticateCaller</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="token" tabindex="-1">token? <a class="header-anchor" href="#token" aria-label="Permalink to &quot;token?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>token?</strong>: <code>string</code></p></blockquote><p>The access token, for example from the first message of a WebSocket, because browsers cannot set its headers. The <code>Authorization</code> header is then ignored. A missing or malformed token is rejected like every other invalid token.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p>the token of the <code>Authorization</code> header</p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authenticate</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req, { token, scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/CallerToken.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const CallerToken = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, CallerToken as default }
