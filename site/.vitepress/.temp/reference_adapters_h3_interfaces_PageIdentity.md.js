import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: PageIdentity<User>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/h3/interfaces/PageIdentity.md","filePath":"reference/adapters/h3/interfaces/PageIdentity.md"}',
)
const _sfc_main = { name: 'reference/adapters/h3/interfaces/PageIdentity.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/h3</a> / PageIdentity</p><h1 id="interface-pageidentityuser" tabindex="-1">Interface: PageIdentity&lt;User&gt; <a class="header-anchor" href="#interface-pageidentityuser" aria-label="Permalink to &quot;Interface: PageIdentity\\&lt;User\\&gt;&quot;">​</a></h1><p>The identity that <code>useIdentity()</code> returns.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code> = <a href="./../type-aliases/DefaultPageUser"><code>DefaultPageUser</code></a></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="loginpath" tabindex="-1">loginPath <a class="header-anchor" href="#loginpath" aria-label="Permalink to &quot;loginPath&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>loginPath</strong>: <code>string</code></p></blockquote><p>The path that starts a sign-in. It contains <code>app.baseURL</code>, so use it in <code>&lt;a href&gt;</code>.</p><hr><h3 id="logoutpath" tabindex="-1">logoutPath <a class="header-anchor" href="#logoutpath" aria-label="Permalink to &quot;logoutPath&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>logoutPath</strong>: <code>string</code></p></blockquote><p>The path that signs the user out. It contains <code>app.baseURL</code>, so use it in <code>&lt;a href&gt;</code> or in a form.</p><hr><h3 id="user-1" tabindex="-1">user <a class="header-anchor" href="#user-1" aria-label="Permalink to &quot;user&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>user</strong>: <code>User</code> | <code>undefined</code></p></blockquote><p>The signed-in user, as the option <code>pageUser</code> returns it. <code>undefined</code> for visitors who are not signed in.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/h3/interfaces/PageIdentity.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PageIdentity = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PageIdentity as default }
