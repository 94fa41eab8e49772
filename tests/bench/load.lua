-- What the load generator asks for: wrk ... -s load.lua URL -- KIND YEAR CLUSTERS
-- KIND is `matrix`, `registration`, `tasks`, `save`, `bare`, or a page of scores: `sheet`, `points`, `standing`, and the same
-- with `wide-` before it, which were scored on 120 criteria instead of 40. The last line it prints is: p50 p95 (ms), requests a second, errors, requests.

local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

-- Unit n of world.sql with the session of its officer; what a browser sends is sent.
local function ask(method, path, unit, body)
  local headers = {
    ["Cookie"] = "cumthidua=can-bo-" .. unit,
    ["Accept-Encoding"] = "gzip, deflate, br",
    ["Sec-Fetch-Site"] = "same-origin",
  }
  if body then headers["Content-Type"] = "application/x-www-form-urlencoded" end
  return wrk.format(method, path, headers, body)
end

local paths = {
  matrix = "/cum/cum-%d/%d",
  registration = "/cum/cum-%d/%d/dang-ky/don-vi-%d",
  tasks = "/viec-cua-toi",
  bare = "/bare/cum-%d/%d",
  sheet = "/cum/cum-%d/%d/cham-diem/don-vi-%d",
  points = "/cum/cum-%d/%d/cham-diem",
  standing = "/cum/cum-%d/%d/cham-diem/xep-hang",
}
-- Scores are known to all members once they are confirmed: last year's on 40 criteria, those before on 120.
local ages = { sheet = 1, points = 1, standing = 1 }
for _, page in ipairs({ "sheet", "points", "standing" }) do
  paths["wide-" .. page], ages["wide-" .. page] = paths[page], 2
end

-- 72 visitors, each of another unit, spread over all clusters: in the smallest world everybody.
local function visits(kind, year, clusters)
  local list = {}
  for visitor = 0, 71 do
    local cluster = 1 + math.floor(visitor * clusters / 72)
    local unit = (cluster - 1) * 8 + 1 + visitor % 8
    list[#list + 1] = ask("GET", paths[kind]:format(cluster, year - (ages[kind] or 0), unit), unit)
  end
  local turn = number * 7
  return function()
    turn = turn + 1
    return list[turn % #list + 1]
  end
end

local function encoded(text)
  return (text:gsub("[^%w_.-]", function(c) return ("%%%02X"):format(c:byte()) end))
end

-- The fields of a form as a browser sends them.
local function fields(html)
  local found, choice = {}, nil
  local function add(name, value)
    value = value:gsub("&#(%d+);", function(code) return string.char(tonumber(code)) end)
    found[#found + 1] = name .. "=" .. encoded(value)
  end
  -- In the order of the page, which is the order of the rows.
  for tag, attributes, rest in html:gmatch("<(%l+)(%s[^>]*)>([^<]*)") do
    local name = attributes:match(' name="([^"]*)"')
    if tag == "select" then choice = name end
    if tag == "option" and attributes:find(" selected", 1, true) then add(choice, attributes:match('value="([^"]*)"')) end
    if tag == "textarea" and name then add(name, (rest:gsub("^\n", ""))) end
    if tag == "input" and name and name ~= "version" then add(name, attributes:match(' value="([^"]*)"') or "") end
  end
  return table.concat(found, "&")
end

-- Every thread writes as the officer of another unit and has one connection, so that a save follows the answer to the one before:
-- first the form is read, then it is saved again and again, each time from the version that the last save answered.
local function saves(year, clusters)
  local cluster = 1 + math.floor(math.floor(number / 2) * clusters / 8)
  local unit = (cluster - 1) * 8 + 1 + number % 2
  local base = paths.registration:format(cluster, year, unit)
  local version, form

  function response(status, headers, body)
    if not form then
      version = body:match('name="version" value="(%d+)"')
      form = fields(body)
    else
      version = headers["x-version"] or version
    end
  end
  return function()
    if not form then return wrk.format("GET", base .. "/sua", { ["Cookie"] = "cumthidua=can-bo-" .. unit }) end
    return ask("POST", base .. "/ban-nhap", unit, "version=" .. version .. "&" .. form)
  end
end

function init(args)
  local kind, year, clusters = args[1], tonumber(args[2]), tonumber(args[3])
  request = kind == "save" and saves(year, clusters) or visits(kind, year, clusters)
end

function done(summary, latency)
  local e = summary.errors
  print(("%.2f %.2f %.0f %d %d"):format(latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.requests / (summary.duration / 1e6), e.connect + e.read + e.write + e.status + e.timeout, summary.requests))
end
