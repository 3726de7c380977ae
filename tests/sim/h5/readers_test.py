"""Goal: common tools open a result file as it is and agree on what it says.

usage: readers_test.py MAKE_RESULT NCDUMP RSCRIPT READERS_TEST.R
Method: write the example result, read it with xarray (both engines), h5py, ncdump and R.
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5netcdf  # noqa: F401  imported so that a missing engine is an error, not a silent choice of another
import h5py
import netCDF4  # noqa: F401
import numpy as np
import xarray

MAKE_RESULT, NCDUMP, RSCRIPT, R_SCRIPT = sys.argv[1:5]


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = str(pathlib.Path(cls.folder.name) / "result.h5")
        subprocess.run([MAKE_RESULT, cls.path], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def both(self):
        return [xarray.open_dataset(self.path, engine=engine) for engine in ("h5netcdf", "netcdf4")]

    def test_both_xarray_engines_read_the_same(self):
        first, second = self.both()
        first.load(), second.load()
        self.assertTrue(first.identical(second))

    def test_xarray_finds_the_engine_by_itself(self):
        self.assertIn("at_risk_of_poverty_rate", xarray.open_dataset(self.path))

    def test_time_is_decoded_to_the_first_day_of_each_month(self):
        for data in self.both():
            self.assertTrue(np.issubdtype(data.time.dtype, np.datetime64))
            self.assertEqual(str(data.time.values[0])[:10], "2015-11-01")
            self.assertEqual(str(data.time.values[4])[:10], "2016-03-01")
            self.assertEqual(str(data.time.values[-1])[:10], "2016-12-01")
            self.assertEqual(str(data.time_bounds.values[-1][1])[:10], "2017-01-01")
            self.assertEqual(list(data.month.values), list(range(14)))

    def test_every_variable_has_long_name_and_units(self):
        for data in self.both():
            self.assertEqual(len(data.data_vars), 6 + 1)  # and time_bounds
            for name, variable in data.data_vars.items():
                self.assertTrue(variable.attrs.get("long_name"), name)
                if name != "time_bounds":  # takes its units from time (CF 7.1)
                    self.assertTrue(variable.attrs.get("units"), name)
            for name, coordinate in data.coords.items():
                self.assertTrue(coordinate.attrs.get("long_name"), name)

    def test_numbers_keep_type_shape_and_value(self):
        for data in self.both():
            rate = data.at_risk_of_poverty_rate
            self.assertEqual((rate.dims, rate.shape, rate.dtype), (("replicate", "time"), (2, 14), np.float32))
            self.assertEqual(float(rate.sel(replicate=7, time="2015-11-01")), 0.125 + 14 * 0.0078125)
            persons = data.persons_by_age_band
            self.assertEqual((persons.dims, persons.dtype), (("replicate", "time", "age_band"), np.int32))
            self.assertEqual(int(persons.sel(replicate=3, age_band="65+")[1]), 1005)
            self.assertEqual(data.money_flow.dtype, np.int64)
            self.assertEqual(int(data.money_flow[0, 0, 1]), 9007199254740994)

    def test_missing_values_are_missing_and_days_stay_numbers(self):
        for data in self.both():
            self.assertEqual(data.mean_wait.dtype, np.float64)
            self.assertEqual(int(data.mean_wait.isnull().sum()), 1)
            self.assertTrue(np.isnan(data.mean_wait.values[0, 5]))
            self.assertTrue(np.isnan(data.first_served.values[0, 0]))

    def test_labels_and_texts_are_coordinates(self):
        for data in self.both():
            self.assertEqual(list(data.age_band.values), ["0-17", "18-64", "65+"])
            self.assertEqual(list(data.flow.values), ["city_rent", "state_żłobek"])
            self.assertEqual(list(data.money_flow.coords["reason"].values), ["rent", "opieka żłobkowa"])
            self.assertEqual(list(data.payer.values), ["city", "state"])
            self.assertEqual(data.attrs["title"], "Housing first – Łódź")
            self.assertEqual(data.attrs["seed"], "18446744073709551615")
            self.assertEqual(int(data.attrs["result_schema_version"]), 2)

    def test_xarray_writes_and_reads_it_again(self):
        copy = str(pathlib.Path(self.folder.name) / "copy.nc")
        for engine, data in zip(("h5netcdf", "netcdf4"), self.both()):
            data.load().to_netcdf(copy, engine=engine)
            again = xarray.open_dataset(copy, engine=engine).load()
            self.assertTrue(again.equals(data))
            again.close()

    def test_provenance_holds_the_whole_scenario(self):
        group = xarray.open_dataset(self.path, group="provenance", engine="netcdf4")
        text = str(group.scenario_yaml.values)
        self.assertTrue(text.startswith("name: housing_first\n####"))
        self.assertEqual(len(text), 20 + 200_000 + 1)
        with h5py.File(self.path) as file:
            self.assertEqual(file["provenance/scenario_yaml"][()].decode(), text)

    def test_h5py_reads_it(self):
        with h5py.File(self.path) as file:
            self.assertEqual(list(file["replicate"]), [3, 7])
            self.assertEqual(file["persons_by_age_band"].dims[2][0].name, "/age_band")
            self.assertTrue(file["persons_by_age_band"].fletcher32)
            self.assertEqual(file["persons_by_age_band"].compression, "gzip")

    def test_ncdump_reads_it(self):
        header = subprocess.run([NCDUMP, "-h", self.path], check=True, capture_output=True, text=True).stdout
        self.assertIn("int persons_by_age_band(replicate, time, age_band) ;", header)
        self.assertIn('time:units = "days since 2015-11-01" ;', header)
        subprocess.run([NCDUMP, self.path], check=True, stdout=subprocess.DEVNULL)

    def test_netcdf_can_append_to_it(self):
        copy = pathlib.Path(self.folder.name) / "append.h5"
        copy.write_bytes(pathlib.Path(self.path).read_bytes())
        with netCDF4.Dataset(copy, "a") as data:
            data.note = "mine"
        with netCDF4.Dataset(copy) as data:
            self.assertEqual(data.note, "mine")

    def test_r_reads_it(self):
        result = subprocess.run([RSCRIPT, "--vanilla", R_SCRIPT, self.path], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
