import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ScopeChallenge","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ScopeChallenge.md","filePath":"reference/adapters/express/interfaces/ScopeChallenge.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ScopeChallenge.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ScopeChallenge</p><h1 id="interface-scopechallenge" tabindex="-1">Interface: ScopeChallenge <a class="header-anchor" href="#interface-scopechallenge" aria-label="Permalink to &quot;Interface: ScopeChallenge&quot;">​</a></h1><p>The scopes that a client must request, in the shape of version 2.1 and later of the official SDK.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="errordescription" tabindex="-1">errorDescription? <a class="header-anchor" href="#errordescription" aria-label="Permalink to &quot;errorDescription?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>errorDescription?</strong>: <code>string</code></p></blockquote><p>The reason.</p><hr><h3 id="scopes" tabindex="-1">scopes <a class="header-anchor" href="#scopes" aria-label="Permalink to &quot;scopes&quot;">​</a></h3><blockquote><p><strong>scopes</strong>: readonly [<code>string</code>, <code>string</code>]</p></blockquote><p>All scopes of the operation, as clients request them.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ScopeChallenge.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ScopeChallenge = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ScopeChallenge as default }
