// Preloaded into test peers with node's -r: whatever they ask for, they listen on loopback only.
const { Server } = require("node:net");

const listen = Server.prototype.listen;
const isPort = (value) => typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));

Server.prototype.listen = function (first, second, ...rest) {
  if (first !== null && typeof first === "object" && first.port !== undefined && !first.path) {
    return listen.call(this, { ...first, host: "127.0.0.1" }, second, ...rest);
  }
  if (isPort(first)) {
    const others = typeof second === "string" ? rest : [second, ...rest];
    return listen.call(this, first, "127.0.0.1", ...others.filter((each) => each !== undefined));
  }
  return listen.call(this, first, second, ...rest);
};
