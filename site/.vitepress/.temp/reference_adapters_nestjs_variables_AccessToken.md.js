import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Variable: AccessToken","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/variables/AccessToken.md","filePath":"reference/adapters/nestjs/variables/AccessToken.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/variables/AccessToken.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / AccessToken</p><h1 id="variable-accesstoken" tabindex="-1">Variable: AccessToken <a class="header-anchor" href="#variable-accesstoken" aria-label="Permalink to &quot;Variable: AccessToken&quot;">​</a></h1><blockquote><p><code>const</code> <strong>AccessToken</strong>: <code>ParameterOf</code>&lt;<code>never</code>&gt;</p></blockquote><p>Injects the access token for the scopes of <code>@LoginRequired({ scopes })</code>. With <a href="./../classes/ApiGuard">ApiGuard</a>, it is the caller&#39;s token for this API. To call another API, use <code>context.fetch</code> or <code>getTokenOnBehalfOf</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/variables/AccessToken.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AccessToken = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AccessToken as default }
