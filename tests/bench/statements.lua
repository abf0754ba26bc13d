-- wrk: the statement list, each request as another signed-in person. COOKIES names a file with one
-- session token a line; wrk.path is the address on the command line.
local tokens = {}
for line in io.lines(os.getenv("COOKIES")) do
	tokens[#tokens + 1] = line
end
math.randomseed(os.time())

function request()
	return wrk.format("GET", nil, { ["Cookie"] = "__Host-session=" .. tokens[math.random(#tokens)] })
end

-- One line that bench.py reads.
function done(summary, latency)
	local e = summary.errors
	io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
		e.connect + e.read + e.write, e.timeout, e.status, latency:percentile(99), latency.max))
end
