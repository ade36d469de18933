import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ApiErrorScopes","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ApiErrorScopes.md","filePath":"reference/adapters/express/interfaces/ApiErrorScopes.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ApiErrorScopes.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ApiErrorScopes</p><h1 id="interface-apierrorscopes" tabindex="-1">Interface: ApiErrorScopes <a class="header-anchor" href="#interface-apierrorscopes" aria-label="Permalink to &quot;Interface: ApiErrorScopes&quot;">​</a></h1><p>The options of <code>api.toResponse</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="scopes" tabindex="-1">scopes? <a class="header-anchor" href="#scopes" aria-label="Permalink to &quot;scopes?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>scopes?</strong>: <code>string</code> | readonly <code>string</code>[]</p></blockquote><p>Scopes of this API that the client must request, as a list or a space-separated string.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">none</span></span></code></pre></div><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">toResponse</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req, error, { scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ApiErrorScopes.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ApiErrorScopes = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ApiErrorScopes as default }
