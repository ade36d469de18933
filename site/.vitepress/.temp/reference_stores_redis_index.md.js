import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"identity-web/redis","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/redis/index.md","filePath":"reference/stores/redis/index.md"}',
)
const _sfc_main = { name: 'reference/stores/redis/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / identity-web/redis</p><h1 id="identity-webredis" tabindex="-1">identity-web/redis <a class="header-anchor" href="#identity-webredis" aria-label="Permalink to &quot;identity-web/redis&quot;">​</a></h1><h2 id="interfaces" tabindex="-1">Interfaces <a class="header-anchor" href="#interfaces" aria-label="Permalink to &quot;Interfaces&quot;">​</a></h2><ul><li><a href="./interfaces/IoRedisClient">IoRedisClient</a></li><li><a href="./interfaces/NodeRedisClient">NodeRedisClient</a></li><li><a href="./interfaces/NodeRedisCluster">NodeRedisCluster</a></li><li><a href="./interfaces/NodeRedisSentinel">NodeRedisSentinel</a></li><li><a href="./interfaces/RedisStoreOptions">RedisStoreOptions</a></li></ul><h2 id="type-aliases" tabindex="-1">Type Aliases <a class="header-anchor" href="#type-aliases" aria-label="Permalink to &quot;Type Aliases&quot;">​</a></h2><ul><li><a href="./type-aliases/RedisClient">RedisClient</a></li></ul><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><ul><li><a href="./functions/redisStore">redisStore</a></li></ul><h2 id="references" tabindex="-1">References <a class="header-anchor" href="#references" aria-label="Permalink to &quot;References&quot;">​</a></h2><h3 id="anyidentityerror" tabindex="-1">AnyIdentityError <a class="header-anchor" href="#anyidentityerror" aria-label="Permalink to &quot;AnyIdentityError&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/AnyIdentityError">AnyIdentityError</a></p><hr><h3 id="identityerror" tabindex="-1">IdentityError <a class="header-anchor" href="#identityerror" aria-label="Permalink to &quot;IdentityError&quot;">​</a></h3><p>Re-exports <a href="./../../index/classes/IdentityError">IdentityError</a></p><hr><h3 id="identityerrorcode" tabindex="-1">IdentityErrorCode <a class="header-anchor" href="#identityerrorcode" aria-label="Permalink to &quot;IdentityErrorCode&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/IdentityErrorCode">IdentityErrorCode</a></p><hr><h3 id="register" tabindex="-1">Register <a class="header-anchor" href="#register" aria-label="Permalink to &quot;Register&quot;">​</a></h3><p>Re-exports <a href="./../../index/interfaces/Register">Register</a></p><hr><h3 id="registereduser" tabindex="-1">RegisteredUser <a class="header-anchor" href="#registereduser" aria-label="Permalink to &quot;RegisteredUser&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/RegisteredUser">RegisteredUser</a></p><hr><h3 id="sessionstore" tabindex="-1">SessionStore <a class="header-anchor" href="#sessionstore" aria-label="Permalink to &quot;SessionStore&quot;">​</a></h3><p>Re-exports <a href="./../../index/interfaces/SessionStore">SessionStore</a></p><hr><h3 id="storelock" tabindex="-1">StoreLock <a class="header-anchor" href="#storelock" aria-label="Permalink to &quot;StoreLock&quot;">​</a></h3><p>Re-exports <a href="./../../index/interfaces/StoreLock">StoreLock</a></p><hr><h3 id="tokenstore" tabindex="-1">TokenStore <a class="header-anchor" href="#tokenstore" aria-label="Permalink to &quot;TokenStore&quot;">​</a></h3><p>Re-exports <a href="./../../index/interfaces/TokenStore">TokenStore</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/redis/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
