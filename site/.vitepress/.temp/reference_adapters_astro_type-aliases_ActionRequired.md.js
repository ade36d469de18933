import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ActionRequired<User>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/astro/type-aliases/ActionRequired.md","filePath":"reference/adapters/astro/type-aliases/ActionRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/astro/type-aliases/ActionRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/astro</a> / ActionRequired</p><h1 id="type-alias-actionrequireduser" tabindex="-1">Type Alias: ActionRequired&lt;User&gt; <a class="header-anchor" href="#type-alias-actionrequireduser" aria-label="Permalink to &quot;Type Alias: ActionRequired\\&lt;User\\&gt;&quot;">​</a></h1><blockquote><p><strong>ActionRequired</strong>&lt;<code>User</code>&gt; = <code>PageGuards</code>&lt;<code>User</code>&gt;[<code>&quot;action&quot;</code>]</p></blockquote><p>The type of <a href="./../interfaces/LoginRequired#action">LoginRequired.action</a>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/astro/type-aliases/ActionRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ActionRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ActionRequired as default }
