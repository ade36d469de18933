import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: DefaultPageUser<User>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/h3/type-aliases/DefaultPageUser.md","filePath":"reference/adapters/h3/type-aliases/DefaultPageUser.md"}',
)
const _sfc_main = { name: 'reference/adapters/h3/type-aliases/DefaultPageUser.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/h3</a> / DefaultPageUser</p><h1 id="type-alias-defaultpageuseruser" tabindex="-1">Type Alias: DefaultPageUser&lt;User&gt; <a class="header-anchor" href="#type-alias-defaultpageuseruser" aria-label="Permalink to &quot;Type Alias: DefaultPageUser\\&lt;User\\&gt;&quot;">​</a></h1><blockquote><p><strong>DefaultPageUser</strong>&lt;<code>User</code>&gt; = <code>Pick</code>&lt;<code>User</code>, <code>Extract</code>&lt;<em>typeof</em> <code>SHOWN</code>[<code>number</code>], <code>KnownKeys</code>&lt;<code>User</code>&gt;&gt;&gt;</p></blockquote><p>The members of a user that pages get by default: names, e-mail address, picture and roles.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code> = <a href="./../../express/interfaces/Claims"><code>Claims</code></a></p><p>The return type of <code>onLogin</code>, or the claims of the ID token.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/h3/type-aliases/DefaultPageUser.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const DefaultPageUser = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, DefaultPageUser as default }
