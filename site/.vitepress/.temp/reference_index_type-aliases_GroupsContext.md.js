import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GroupsContext","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/GroupsContext.md","filePath":"reference/index/type-aliases/GroupsContext.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/GroupsContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / GroupsContext</p><h1 id="type-alias-groupscontext" tabindex="-1">Type Alias: GroupsContext <a class="header-anchor" href="#type-alias-groupscontext" aria-label="Permalink to &quot;Type Alias: GroupsContext&quot;">​</a></h1><blockquote><p><strong>GroupsContext</strong> = <a href="./../interfaces/ClaimsContext"><code>ClaimsContext</code></a> &amp; <code>Partial</code>&lt;<code>Pick</code>&lt;<a href="./../../adapters/express/interfaces/TokenContext"><code>TokenContext</code></a>&lt;<code>unknown</code>&gt;, <code>&quot;fetch&quot;</code>&gt;&gt;</p></blockquote><p>The context of a guard. It has <code>fetch</code> if the guard has scopes.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/GroupsContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GroupsContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GroupsContext as default }
