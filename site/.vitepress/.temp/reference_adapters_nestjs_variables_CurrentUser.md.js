import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Variable: CurrentUser","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/variables/CurrentUser.md","filePath":"reference/adapters/nestjs/variables/CurrentUser.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/variables/CurrentUser.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / CurrentUser</p><h1 id="variable-currentuser" tabindex="-1">Variable: CurrentUser <a class="header-anchor" href="#variable-currentuser" aria-label="Permalink to &quot;Variable: CurrentUser&quot;">​</a></h1><blockquote><p><code>const</code> <strong>CurrentUser</strong>: <code>ParameterOf</code>&lt;<code>string</code>&gt;</p></blockquote><p>Injects the user. It is the return value of <code>onLogin</code>, or the claims of the ID token. With <a href="./../classes/ApiGuard">ApiGuard</a>, it is the user of the access token. It is <code>undefined</code> if an application calls, or if the route has no guard. If you pass a name, it injects the property with this name.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/variables/CurrentUser.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const CurrentUser = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, CurrentUser as default }
