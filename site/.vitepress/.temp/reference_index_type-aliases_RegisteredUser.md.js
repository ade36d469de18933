import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RegisteredUser","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/RegisteredUser.md","filePath":"reference/index/type-aliases/RegisteredUser.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/RegisteredUser.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / RegisteredUser</p><h1 id="type-alias-registereduser" tabindex="-1">Type Alias: RegisteredUser <a class="header-anchor" href="#type-alias-registereduser" aria-label="Permalink to &quot;Type Alias: RegisteredUser&quot;">​</a></h1><blockquote><p><strong>RegisteredUser</strong> = <a href="./../interfaces/Register"><code>Register</code></a> <em>extends</em> <code>object</code> ? <code>User</code> : <code>unknown</code></p></blockquote><p>The user that your application declares in <a href="./../interfaces/Register">Register</a>, or else <code>unknown</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/RegisteredUser.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RegisteredUser = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RegisteredUser as default }
