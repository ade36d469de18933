import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ErrorResponseScopes","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ErrorResponseScopes.md","filePath":"reference/adapters/express/interfaces/ErrorResponseScopes.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ErrorResponseScopes.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ErrorResponseScopes</p><h1 id="interface-errorresponsescopes" tabindex="-1">Interface: ErrorResponseScopes <a class="header-anchor" href="#interface-errorresponsescopes" aria-label="Permalink to &quot;Interface: ErrorResponseScopes&quot;">​</a></h1><p>The options of <code>auth.toResponse()</code> and <code>auth.sendResponse()</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="scopes" tabindex="-1">scopes? <a class="header-anchor" href="#scopes" aria-label="Permalink to &quot;scopes?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>scopes?</strong>: <code>string</code> | readonly <code>string</code>[]</p></blockquote><p>The scopes of one API that the next sign-in requests, as a list or a space-separated string.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">the scopes </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">of</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> the call that failed</span></span></code></pre></div><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">toResponse</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req, error, { scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ErrorResponseScopes.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ErrorResponseScopes = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ErrorResponseScopes as default }
